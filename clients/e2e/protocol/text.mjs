// A text with a cursor, and what edits make of it: offsets are those of JavaScript, UTF-16 units, as in the session.

/** The place of a mark in a text, counted from the start of its line. */
export function positionOf(text, offset) {
  const before = text.slice(0, offset);
  const line = before.split("\n").length - 1;
  return { line, character: offset - (before.lastIndexOf("\n") + 1) };
}

export function offsetOf(text, { line, character }) {
  let start = 0;
  for (let i = 0; i < line; i++) start = text.indexOf("\n", start) + 1;
  return start + character;
}

/** What a range of a text says. */
export function said(text, { start, end }) {
  return text.slice(offsetOf(text, start), offsetOf(text, end));
}

/** The text after edits, which speak of it as it was. */
export function edited(text, edits) {
  return [...edits]
    .sort((a, b) => offsetOf(text, b.range.start) - offsetOf(text, a.range.start))
    .reduce(
      (now, { range, newText }) =>
        now.slice(0, offsetOf(text, range.start)) + newText + now.slice(offsetOf(text, range.end)),
      text,
    );
}

/** Semantic tokens as `text:type`, read as an editor reads them. */
export function tokens(text, data, legend) {
  const lines = text.split("\n");
  const all = [];
  let line = 0;
  let character = 0;
  for (let i = 0; i < data.length; i += 5) {
    character = data[i] === 0 ? character + data[i + 1] : data[i + 1];
    line += data[i];
    all.push(`${lines[line].slice(character, character + data[i + 2])}:${legend.tokenTypes[data[i + 3]]}`);
  }
  return all;
}

/** Token data after the edits of a delta. */
export function patched(data, edits) {
  const now = [...data];
  for (const { start, deleteCount, data: inserted = [] } of [...edits].sort((a, b) => b.start - a.start)) {
    now.splice(start, deleteCount, ...inserted);
  }
  return now;
}
