package dev.promptls.template.jinja.filters;

import dev.promptls.template.python.Arguments;
import dev.promptls.template.python.Bound;
import dev.promptls.template.python.Casing;
import dev.promptls.template.python.Generator;
import dev.promptls.template.python.Html;
import dev.promptls.template.python.Markup;
import dev.promptls.template.python.Python;
import dev.promptls.template.python.PythonText;
import dev.promptls.template.python.Tuple;
import dev.promptls.template.python.operations.Members;
import dev.promptls.template.python.operations.Operators;
import dev.promptls.template.run.Failure;
import dev.promptls.template.run.Meter;
import dev.promptls.template.run.Undefined;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Filters over lists, maps and other sequences.
final class SequenceFilters {
  /// The names of what `groupby` gives.
  private static final List<String> GROUP = List.of("grouper", "list");

  private final Meter meter;
  private final Python python;
  private final PythonText text;
  private final Members members;
  private final JinjaTests tests;
  private final Filters filters;
  private final Html html;
  private final Casing casing;
  private final Portions portions;

  /// An item, and what it is sorted by.
  private record Keyed(@Nullable Object key, @Nullable Object item) {}

  SequenceFilters(
      Meter meter,
      Python python,
      PythonText text,
      Members members,
      JinjaTests tests,
      Html html,
      Filters filters) {
    this.meter = meter;
    this.python = python;
    this.text = text;
    this.members = members;
    this.tests = tests;
    this.filters = filters;
    this.html = html;
    this.casing = new Casing(meter);
    this.portions = new Portions(meter);
  }

  @Nullable Object apply(String name, @Nullable Object value, Arguments a) {
    return switch (name) {
      case "attr" -> members.attributeOnly(value, Bound.of(name, a, "name").string("name"));
      case "batch" ->
          portions.batches(filters.all(value), Bound.of(name, a, "linecount", "fill_with"));
      case "dictsort" -> dictSort(value, Bound.of(name, a, "case_sensitive", "by", "reverse"));
      case "first" -> {
        Iterator<@Nullable Object> items = python.iterate(value);
        yield items.hasNext() ? items.next() : new Undefined("The sequence is empty.");
      }
      case "last" -> last(value);
      case "groupby" -> groupBy(value, Bound.of(name, a, "attribute", "default", "case_sensitive"));
      case "items" ->
          value instanceof Undefined
              ? new Generator(Collections.emptyIterator())
              : new Generator(Filters.pairs(name, value).iterator());
      case "join" -> join(value, Bound.of(name, a, "d", "attribute"));
      case "list" -> filters.all(value);
      case "map" -> map(value, a);
      case "min", "max" -> extreme(name, value, Bound.of(name, a, "case_sensitive", "attribute"));
      case "reject", "select" -> select(value, a, false, name.equals("select"));
      case "rejectattr", "selectattr" -> select(value, a, true, name.equals("selectattr"));
      case "reverse" -> reverse(value);
      case "slice" -> portions.slices(filters.all(value), Bound.of(name, a, "slices", "fill_with"));
      case "sort" -> sort(value, Bound.of(name, a, "reverse", "case_sensitive", "attribute"));
      case "sum" -> sum(value, Bound.of(name, a, "attribute", "start"));
      default -> unique(value, Bound.of(name, a, "case_sensitive", "attribute"));
    };
  }

  /// What `a.b.0` finds in an item.
  private Function<@Nullable Object, @Nullable Object> getter(
      @Nullable Object attribute, @Nullable Object fallback) {
    if (attribute == null) {
      return item -> item;
    }
    List<Object> path = new ArrayList<>();
    if (Markup.plain(attribute) instanceof String s) {
      for (String part : s.split("\\.", -1)) {
        meter.step();
        boolean number =
            !part.isEmpty() && part.length() < 10 && part.chars().allMatch(Character::isDigit);
        path.add(number ? (Object) Long.valueOf(part) : part);
      }
    } else {
      path.add(attribute);
    }
    return item -> {
      Object found = item;
      for (Object part : path) {
        meter.step();
        found = members.item(found, part);
        if (found instanceof Undefined && fallback != null) {
          found = fallback;
        }
      }
      return found;
    };
  }

  private Function<@Nullable Object, @Nullable Object> sortKey(Bound bound) {
    return folding(getter(bound.get("attribute", null), bound.get("default", null)), bound);
  }

  /// A key that ignores case, unless the filter's arguments ask for it.
  private Function<@Nullable Object, @Nullable Object> folding(
      Function<@Nullable Object, @Nullable Object> key, Bound bound) {
    boolean exact = bound.flag("case_sensitive");
    return item -> {
      Object found = key.apply(item);
      return Markup.plain(found) instanceof String s && !exact ? casing.lower(s) : found;
    };
  }

  /// Items in the order of their keys, each of which is computed once.
  private List<Keyed> sorted(
      List<@Nullable Object> items,
      Function<@Nullable Object, @Nullable Object> key,
      boolean reverse) {
    List<Keyed> sorted = new ArrayList<>(items.size());
    items.forEach(item -> sorted.add(new Keyed(key.apply(item), item)));
    Comparator<@Nullable Object> order = python.ascending();
    sorted.sort(
        reverse
            ? (a, b) -> order.compare(b.key(), a.key())
            : (a, b) -> order.compare(a.key(), b.key()));
    return sorted;
  }

  private static List<@Nullable Object> items(List<Keyed> keyed) {
    List<@Nullable Object> items = new ArrayList<>(keyed.size());
    keyed.forEach(each -> items.add(each.item()));
    return items;
  }

  private List<@Nullable Object> dictSort(@Nullable Object value, Bound bound) {
    List<@Nullable Object> pairs = Filters.pairs("dictsort", value);
    meter.steps(pairs.size());
    int part = "value".equals(bound.get("by", "key")) ? 1 : 0;
    Function<@Nullable Object, @Nullable Object> key =
        folding(pair -> pair instanceof Tuple t ? t.items().get(part) : null, bound);
    return items(sorted(pairs, key, bound.flag("reverse")));
  }

  private @Nullable Object last(@Nullable Object value) {
    if (value instanceof Generator) {
      throw new Failure("'last' needs a list; put '| list' before it.");
    }
    List<@Nullable Object> items = value instanceof Undefined ? List.of() : filters.all(value);
    return items.isEmpty() ? new Undefined("The sequence is empty.") : items.getLast();
  }

  private List<@Nullable Object> groupBy(@Nullable Object value, Bound bound) {
    bound.required("attribute");
    Function<@Nullable Object, @Nullable Object> shown =
        getter(bound.get("attribute", null), bound.get("default", null));
    List<@Nullable Object> groups = new ArrayList<>();
    List<@Nullable Object> group = new ArrayList<>();
    Object key = null;
    for (Keyed each : sorted(filters.all(value), sortKey(bound), false)) {
      meter.step();
      if (group.isEmpty() || !python.equal(key, each.key())) {
        group = new ArrayList<>();
        key = each.key();
        groups.add(new Tuple(Arrays.asList(shown.apply(each.item()), group), GROUP));
      }
      group.add(each.item());
    }
    return groups;
  }

  private Object join(@Nullable Object value, Bound bound) {
    Object separator = bound.get("d", "");
    Function<@Nullable Object, @Nullable Object> getter =
        getter(bound.get("attribute", null), null);
    Iterator<@Nullable Object> items = python.iterate(value);
    if (!html.automatic()) {
      return joined(text.of(separator), items, item -> text.of(getter.apply(item)));
    }
    List<@Nullable Object> all = new ArrayList<>();
    items.forEachRemaining(item -> all.add(getter.apply(item)));
    boolean isHtml = separator instanceof Markup || all.stream().anyMatch(Markup.class::isInstance);
    return isHtml
        ? new Markup(
            joined(html.escape(separator).text(), all.iterator(), item -> html.escape(item).text()))
        : joined(text.of(separator), all.iterator(), text::of);
  }

  private String joined(
      String separator,
      Iterator<@Nullable Object> items,
      Function<@Nullable Object, String> printed) {
    StringBuilder out = new StringBuilder();
    for (boolean first = true; items.hasNext(); first = false) {
      meter.step();
      String item = printed.apply(items.next());
      meter.chars((long) separator.length() + item.length());
      out.append(first ? "" : separator).append(item);
    }
    return out.toString();
  }

  private Generator map(@Nullable Object value, Arguments a) {
    Function<@Nullable Object, @Nullable Object> function;
    if (a.positional().isEmpty() && a.named().containsKey("attribute")) {
      Bound bound = Bound.of("map", a, "attribute", "default");
      function = getter(bound.get("attribute", null), bound.get("default", null));
    } else {
      if (a.positional().isEmpty()) {
        throw new Failure("'map' needs the name of a filter or an attribute.");
      }
      String filter = text.of(a.positional().getFirst());
      Arguments rest = new Arguments(a.positional().subList(1, a.positional().size()), a.named());
      function = item -> filters.apply(filter, item, rest);
    }
    return lazily(some(value), function, item -> true);
  }

  private Generator select(@Nullable Object value, Arguments a, boolean attribute, boolean keep) {
    int used = attribute ? 1 : 0;
    List<@Nullable Object> given = a.positional();
    if (given.size() < used) {
      throw new Failure("The name of an attribute is missing.");
    }
    Function<@Nullable Object, @Nullable Object> getter =
        attribute ? getter(given.getFirst(), null) : item -> item;
    Predicate<@Nullable Object> test;
    if (given.size() > used) {
      String name = text.of(given.get(used));
      Arguments rest = new Arguments(given.subList(used + 1, given.size()), a.named());
      test = item -> tests.apply(name, getter.apply(item), rest);
    } else {
      test = item -> Python.truth(getter.apply(item));
    }
    return lazily(some(value), item -> item, item -> test.test(item) == keep);
  }

  /// The items of a value; none of what is false, which some filters let pass for a sequence.
  private Iterator<@Nullable Object> some(@Nullable Object value) {
    return Python.truth(value) ? python.iterate(value) : Collections.emptyIterator();
  }

  /// A sequence that is computed while it is walked, as in Python.
  private Generator lazily(
      Iterator<@Nullable Object> items,
      Function<@Nullable Object, @Nullable Object> function,
      Predicate<@Nullable Object> kept) {
    return new Generator(
        new Iterator<>() {
          private @Nullable Object ready;
          private boolean isReady;

          @Override
          public boolean hasNext() {
            meter.enterExpression();
            while (!isReady && items.hasNext()) {
              meter.step();
              Object item = items.next();
              if (kept.test(item)) {
                ready = function.apply(item);
                isReady = true;
              }
            }
            meter.leaveExpression();
            return isReady;
          }

          @Override
          public @Nullable Object next() {
            if (!hasNext()) {
              throw new NoSuchElementException();
            }
            isReady = false;
            return ready;
          }
        });
  }

  private @Nullable Object extreme(String name, @Nullable Object value, Bound bound) {
    Function<@Nullable Object, @Nullable Object> key = sortKey(bound);
    Keyed best = null;
    for (Object item : filters.all(value)) {
      Keyed each = new Keyed(key.apply(item), item);
      if (best == null || python.ordered(each.key(), name.equals("min") ? "<" : ">", best.key())) {
        best = each;
      }
    }
    return best == null ? new Undefined("The sequence is empty.") : best.item();
  }

  private Object reverse(@Nullable Object value) {
    if (Markup.plain(value) instanceof String s) {
      String reversed = meter.made(new StringBuilder(s).reverse().toString());
      return value instanceof Markup ? new Markup(reversed) : reversed;
    }
    List<@Nullable Object> all = filters.all(value);
    Collections.reverse(all);
    return value instanceof Generator ? all : new Generator(all.iterator());
  }

  private List<@Nullable Object> sort(@Nullable Object value, Bound bound) {
    List<Function<@Nullable Object, @Nullable Object>> keys = new ArrayList<>();
    Object attribute = bound.get("attribute", null);
    if (Markup.plain(attribute) instanceof String s) {
      for (String part : s.split(",", -1)) {
        meter.step();
        keys.add(folding(getter(part, null), bound));
      }
    } else {
      keys.add(folding(getter(attribute, null), bound));
    }
    // Lists, as in Jinja: what is equal needs no order, even if it has none.
    Function<@Nullable Object, @Nullable Object> key =
        item -> {
          List<@Nullable Object> parts = new ArrayList<>(keys.size());
          keys.forEach(part -> parts.add(part.apply(item)));
          return parts;
        };
    return items(sorted(filters.all(value), key, bound.flag("reverse")));
  }

  private @Nullable Object sum(@Nullable Object value, Bound bound) {
    Operators operators = new Operators(meter, python, text, html, false);
    Function<@Nullable Object, @Nullable Object> getter =
        getter(bound.get("attribute", null), null);
    Object sum = bound.get("start", 0L);
    if (Markup.plain(sum) instanceof String) {
      throw new Failure("'sum' cannot add strings; use 'join'.");
    }
    for (Object item : filters.all(value)) {
      sum = operators.binary("+", sum, getter.apply(item));
    }
    return sum;
  }

  /// What stands for a value in a set: `True` is 1, and all that is undefined is the same.
  private @Nullable Object distinct(@Nullable Object value) {
    return switch (value) {
      case Boolean b -> b ? 1L : 0L;
      case Undefined u -> Undefined.class;
      case null, default -> python.key(value);
    };
  }

  private Generator unique(@Nullable Object value, Bound bound) {
    Function<@Nullable Object, @Nullable Object> key = sortKey(bound);
    Set<@Nullable Object> seen = new HashSet<>();
    return lazily(python.iterate(value), item -> item, item -> seen.add(distinct(key.apply(item))));
  }
}
