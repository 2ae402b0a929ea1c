/**
 * The only package that calls KMS: operations, errors, Regions, failover. Loads the AWS SDK only when a call needs it.
 */
@NullMarked
package io.github.kmsjca.internal.client;

import org.jspecify.annotations.NullMarked;
