/** The only package that calls KMS: operations, errors, Regions, failover. Loads the AWS SDK before the first call. */
@NullMarked
package io.github.kmsjca.internal.client;

import org.jspecify.annotations.NullMarked;
