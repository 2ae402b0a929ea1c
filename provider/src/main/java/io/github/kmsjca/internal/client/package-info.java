/** The only package that calls the AWS SDK: operations, errors, Regions, failover. Loaded when a key is first used. */
@NullMarked
package io.github.kmsjca.internal.client;

import org.jspecify.annotations.NullMarked;
