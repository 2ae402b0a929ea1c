/** Registers the provider in Spring Boot applications. */
@NullMarked
package io.github.kmsjca.spring;

import org.jspecify.annotations.NullMarked;
