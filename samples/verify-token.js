// Verifies a token from 'samples/run issue-token' with Node's own cryptography: node verify-token.js JWKS TOKEN
const { constants, createPublicKey, verify } = require('node:crypto');
const { readFileSync } = require('node:fs');

const [jwks, token] = process.argv.slice(2);
const [header, claims, signature] = token.split('.');
const decoded = part => JSON.parse(Buffer.from(part, 'base64url'));

const { alg, kid } = decoded(header);
const jwk = JSON.parse(readFileSync(jwks)).keys.find(key => key.kid === kid);
const options = {
    RS256: { padding: constants.RSA_PKCS1_PADDING },
    PS256: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST },
    ES256: { dsaEncoding: 'ieee-p1363' },
}[jwk.alg];
const key = { key: createPublicKey({ key: jwk, format: 'jwk' }), ...options };
// the key set, and not the token, determines the algorithm (RFC 8725 §3.1)
const valid = alg === jwk.alg
    && verify('sha256', Buffer.from(`${header}.${claims}`), key, Buffer.from(signature, 'base64url'))
    && decoded(claims).exp > Date.now() / 1000;

console.log(valid ? `${alg} valid, subject ${decoded(claims).sub}` : `${alg} INVALID`);
process.exitCode = valid ? 0 : 1;
