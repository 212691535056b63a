import type { Db, Item } from "./db.ts";

type Page = { items: Item[]; next?: Item };

/**
 * Lets those who ask an index the same at the same time share one answer: a list has a lane for every brand and stage, and everybody
 * looks at the same list. Nobody shares an answer that was asked for before something was written here, so whoever writes sees it.
 */
export function sharingPages(db: Db): Db {
  const open = new Map<string, Promise<Page>>();

  function page(...[query, start]: Parameters<Db["page"]>): Promise<Page> {
    if (query.index !== "queue") return db.page(query, start);
    const name = JSON.stringify([query, start]);
    const known = open.get(name);
    if (known !== undefined) return known;
    const asked = db.page(query, start);
    open.set(name, asked);
    const forget = () => {
      if (open.get(name) === asked) open.delete(name);
    };
    asked.then(forget, forget);
    return asked;
  }

  function writing<A extends unknown[], T>(write: (...args: A) => Promise<T>): (...args: A) => Promise<T> {
    return async (...args) => {
      try {
        return await write(...args);
      } finally {
        open.clear();
      }
    };
  }

  return { ...db, page, put: writing(db.put), putMany: writing(db.putMany), update: writing(db.update) };
}
