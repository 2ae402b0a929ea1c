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
 * Finds dependency cycles of top-level types. A nested type counts as its top-level type. A cycle is allowed if all its
 * types belong to the same sealed type.
 */
public final class TypeCycles {
    private final JavaClasses classes;
    private final Map<String, Set<String>> direct = new TreeMap<>();

    private TypeCycles(JavaClasses classes) {
        this.classes = classes;
        for (JavaClass type : classes) {
            Set<String> targets = direct.computeIfAbsent(owner(type), name -> new TreeSet<>());
            type.getDirectDependenciesFromSelf().stream()
                    .map(Dependency::getTargetClass)
                    .map(JavaClass::getBaseComponentType)
                    .filter(target -> classes.contain(target.getName()))
                    .map(TypeCycles::owner)
                    .forEach(targets::add);
        }
    }

    /** Returns the cycles, each as the sorted names of its types. */
    public static List<Set<String>> in(JavaClasses classes) {
        TypeCycles graph = new TypeCycles(classes);
        return graph.direct.keySet().stream()
                .map(graph::cycle)
                .filter(cycle -> cycle.size() > 1 && !graph.isFamily(cycle))
                .distinct()
                .toList();
    }

    /** Returns the types that a type depends on and that also depend on the type, directly or through other types. */
    private Set<String> cycle(String type) {
        return reached(type).stream()
                .filter(other -> reached(other).contains(type))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the types that a type depends on, directly or through other types. */
    private Set<String> reached(String type) {
        Set<String> reached = new HashSet<>();
        Deque<String> pending = new ArrayDeque<>(direct.get(type));
        while (!pending.isEmpty()) {
            String next = pending.pop();
            if (reached.add(next)) {
                pending.addAll(direct.get(next));
            }
        }
        return reached;
    }

    /** Returns whether there is a sealed type that all types of a cycle belong to. */
    private boolean isFamily(Set<String> cycle) {
        Set<JavaClass> common = new HashSet<>(sealedTypes(cycle.iterator().next()));
        cycle.forEach(type -> common.retainAll(sealedTypes(type)));
        return !common.isEmpty();
    }

    private Set<JavaClass> sealedTypes(String name) {
        JavaClass type = classes.get(name);
        return Stream.of(Set.of(type), type.getAllRawInterfaces(), type.getAllRawSuperclasses())
                .flatMap(types -> types.stream())
                .filter(candidate -> candidate.reflect().isSealed())
                .collect(Collectors.toSet());
    }

    private static String owner(JavaClass type) {
        return type.getEnclosingClass().map(TypeCycles::owner).orElseGet(type::getName);
    }
}
