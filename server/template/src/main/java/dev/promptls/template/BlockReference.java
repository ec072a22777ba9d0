package dev.promptls.template;

import java.util.Map;

/// The variable `self`, whose attributes print the template's blocks again.
record BlockReference(Map<String, Callable> blocks) {}
