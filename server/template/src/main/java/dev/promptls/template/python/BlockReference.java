package dev.promptls.template.python;

import java.util.Map;

/// The variable `self`, whose attributes print the template's blocks again.
public record BlockReference(Map<String, Callable> blocks) {}
