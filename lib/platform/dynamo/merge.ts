/** Merges streams that each descend by their key into one that does. All first items are asked for at once. */
export async function* mergeDescending<T>(
  lanes: readonly AsyncGenerator<T, void>[],
  keyOf: (value: T) => string,
): AsyncGenerator<T, void> {
  const heads = await Promise.all(lanes.map((lane) => lane.next()));
  for (;;) {
    let best: { lane: number; value: T } | undefined;
    heads.forEach((head, lane) => {
      if (!head.done && (best === undefined || keyOf(head.value) > keyOf(best.value)))
        best = { lane, value: head.value };
    });
    if (best === undefined) return;
    const { lane, value } = best as { lane: number; value: T };
    yield value;
    heads[lane] = await (lanes[lane] as AsyncGenerator<T, void>).next();
  }
}
