/**
 * The only package that calls KMS: operations, errors, Regions, failover. Loads the AWS SDK when a key is first used.
 */
@NullMarked
package io.github.kmsjca.internal.client;

import org.jspecify.annotations.NullMarked;
