// Verifies a token from 'samples/run issue-token' with Node's own cryptography: node verify-token.js JWKS TOKEN
const { constants, createPublicKey, verify } = require('node:crypto');
const { readFileSync } = require('node:fs');

// the issuer that you trust, and the name of your own service, as in IssueToken
const ISSUER = 'https://issuer.example';
const AUDIENCE = 'https://api.example';

const [jwks, token] = process.argv.slice(2);
const [header, claims, signature] = token.split('.');
const decoded = part => JSON.parse(Buffer.from(part, 'base64url'));

const { alg, kid } = decoded(header);
const jwk = JSON.parse(readFileSync(jwks)).keys.find(key => key.kid === kid);

function isSigned() {
    // the key set, and not the token, determines the algorithm (RFC 8725 §3.1)
    const options = {
        RS256: { padding: constants.RSA_PKCS1_PADDING },
        PS256: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST },
        ES256: { dsaEncoding: 'ieee-p1363' },
    }[jwk.alg];
    const key = { key: createPublicKey({ key: jwk, format: 'jwk' }), ...options };
    return verify('sha256', Buffer.from(`${header}.${claims}`), key, Buffer.from(signature, 'base64url'));
}

const { iss, aud, exp, sub } = decoded(claims);
const valid = jwk !== undefined && alg === jwk.alg && isSigned()
    && iss === ISSUER && [aud].flat().includes(AUDIENCE) && exp > Date.now() / 1000;

console.log(valid ? `${alg} valid, subject ${sub}` : `${alg} INVALID`);
process.exitCode = valid ? 0 : 1;
