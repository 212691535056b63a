/** Merges streams that are each in order of their key into one that is. All first items are asked for at once. */
export async function* merge<T>(
  lanes: readonly AsyncGenerator<T, void>[],
  keyOf: (value: T) => string,
  order: "ascending" | "descending",
): AsyncGenerator<T, void> {
  const heads = await Promise.all(lanes.map((lane) => lane.next()));
  const before = (a: T, b: T) => (order === "descending" ? keyOf(a) > keyOf(b) : keyOf(a) < keyOf(b));
  for (;;) {
    let best: { lane: number; value: T } | undefined;
    heads.forEach((head, lane) => {
      if (!head.done && (best === undefined || before(head.value, best.value))) best = { lane, value: head.value };
    });
    if (best === undefined) return;
    const { lane, value } = best as { lane: number; value: T };
    yield value;
    heads[lane] = await (lanes[lane] as AsyncGenerator<T, void>).next();
  }
}
