package io.github.kmsjca.testing;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds cyclic dependencies between top-level types. A nested type counts as a part of its top-level type. A cycle is
 * allowed if its types belong to the same sealed type.
 */
public final class TypeCycles {
    private final JavaClasses classes;
    private final Map<String, Set<String>> dependencies = new TreeMap<>();

    private TypeCycles(JavaClasses classes) {
        this.classes = classes;
        for (JavaClass type : classes) {
            Set<String> targets = dependencies.computeIfAbsent(topLevelType(type), name -> new TreeSet<>());
            type.getDirectDependenciesFromSelf().stream()
                    .map(Dependency::getTargetClass)
                    .map(JavaClass::getBaseComponentType)
                    .filter(target -> classes.contain(target.getName()))
                    .map(TypeCycles::topLevelType)
                    .forEach(targets::add);
        }
    }

    /** Returns the cycles that are not allowed, each with the sorted names of its types. */
    public static List<Set<String>> in(JavaClasses classes) {
        TypeCycles graph = new TypeCycles(classes);
        return graph.dependencies.keySet().stream()
                .map(graph::cycle)
                .filter(cycle -> cycle.size() > 1 && !graph.isFamily(cycle))
                .distinct()
                .toList();
    }

    /** Returns the types in a cycle with {@code type}, including {@code type} itself, or an empty set. */
    private Set<String> cycle(String type) {
        return reachableFrom(type).stream()
                .filter(other -> reachableFrom(other).contains(type))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> reachableFrom(String type) {
        Set<String> reachable = new HashSet<>();
        Deque<String> unvisited = new ArrayDeque<>(dependencies.get(type));
        while (!unvisited.isEmpty()) {
            String next = unvisited.pop();
            if (reachable.add(next)) {
                unvisited.addAll(dependencies.get(next));
            }
        }
        return reachable;
    }

    /** Returns whether all types of a cycle belong to one sealed type. */
    private boolean isFamily(Set<String> cycle) {
        Set<JavaClass> shared = new HashSet<>(sealedTypes(cycle.iterator().next()));
        cycle.forEach(type -> shared.retainAll(sealedTypes(type)));
        return !shared.isEmpty();
    }

    /** Returns the sealed types to which a type belongs: the type itself, its interfaces and its superclasses. */
    private Set<JavaClass> sealedTypes(String name) {
        JavaClass type = classes.get(name);
        return Stream.of(Set.of(type), type.getAllRawInterfaces(), type.getAllRawSuperclasses())
                .flatMap(types -> types.stream())
                .filter(candidate -> candidate.reflect().isSealed())
                .collect(Collectors.toSet());
    }

    /** Returns the name of the top-level type that contains a type, which can be the type itself. */
    private static String topLevelType(JavaClass type) {
        return type.getEnclosingClass().map(TypeCycles::topLevelType).orElseGet(type::getName);
    }
}
