/**
 * What all of these come to; where some fail, the first failure, thrown only when the others have ended too. Work that goes on
 * after its caller has closed the door behind it sees half of the world and records that.
 */
export async function allEnded<T>(working: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(working);
  return Promise.all(working);
}
