/** One row of a diff: the line on either side, by its place in the text, or none. */
export interface DiffRow {
  left: number | null;
  right: number | null;
  same: boolean;
}

/** Beyond this many comparisons lines are paired by position. */
const MOST_CELLS = 4_000_000;

/** Pairs the lines of two texts: equal ones side by side, changed ones beside what replaced them. */
export function lineDiff(left: readonly string[], right: readonly string[]): DiffRow[] {
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start += 1;
  let end = 0;
  while (end < left.length - start && end < right.length - start && left[left.length - 1 - end] === right[right.length - 1 - end]) end += 1;
  const middle = { left: left.slice(start, left.length - end), right: right.slice(start, right.length - end) };
  const shifted = pairUp(common(middle.left, middle.right), middle.left.length, middle.right.length).map((row) => shift(row, start));
  return [...same(0, 0, start), ...shifted, ...same(left.length - end, right.length - end, end)];
}

const same = (left: number, right: number, count: number): DiffRow[] =>
  Array.from({ length: count }, (_, index) => ({ left: left + index, right: right + index, same: true }));

const shift = (row: DiffRow, by: number): DiffRow => ({
  left: row.left === null ? null : row.left + by,
  right: row.right === null ? null : row.right + by,
  same: row.same,
});

/** The longest common subsequence, as pairs of places. */
function common(left: readonly string[], right: readonly string[]): [number, number][] {
  if (left.length * right.length > MOST_CELLS) return [];
  const width = right.length + 1;
  const length = new Uint32Array((left.length + 1) * width);
  const at = (row: number, column: number) => length[row * width + column] ?? 0;
  for (let row = left.length - 1; row >= 0; row -= 1) {
    for (let column = right.length - 1; column >= 0; column -= 1) {
      length[row * width + column] = left[row] === right[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const pairs: [number, number][] = [];
  for (let row = 0, column = 0; row < left.length && column < right.length; ) {
    if (left[row] === right[column]) pairs.push([row++, column++]);
    else if (at(row + 1, column) >= at(row, column + 1)) row += 1;
    else column += 1;
  }
  return pairs;
}

/** Between two common lines, what was taken away stands beside what came instead. */
function pairUp(pairs: [number, number][], lefts: number, rights: number): DiffRow[] {
  const rows: DiffRow[] = [];
  let [left, right] = [0, 0];
  for (const [nextLeft, nextRight] of [...pairs, [lefts, rights] as [number, number]]) {
    while (left < nextLeft || right < nextRight) {
      rows.push({ left: left < nextLeft ? left++ : null, right: right < nextRight ? right++ : null, same: false });
    }
    if (nextLeft < lefts && nextRight < rights) rows.push({ left: left++, right: right++, same: true });
  }
  return rows;
}
