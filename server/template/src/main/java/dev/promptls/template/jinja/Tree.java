package dev.promptls.template.jinja;

import java.util.List;
import java.util.Map;

/// A template as it is read.
///
/// @param blocks by their names, at whatever depth they stand
record Tree(List<JinjaNode> nodes, Map<String, JinjaNode.Block> blocks) {}
