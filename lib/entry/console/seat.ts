import type { Context, Hono } from "hono";
import { getCookie } from "hono/cookie";
import type { Person } from "../access/rights.ts";
import type { SitePorts } from "../site/ports.ts";
import { type ConsoleText, consoleEn } from "../text/console.en.ts";
import { consoleZh } from "../text/console.zh.ts";
import { type Language, messagesFor, pickLanguage } from "../text/language.ts";
import type { View } from "./view.ts";

/** What a request carries once it is known who asks. */
export interface Seat {
  Variables: { view: View };
}

/** Adds the routes of one part of the console. */
export type Routes = (app: Hono<Seat>, ports: SitePorts) => void;

export const LANGUAGE_COOKIE = "knockoff-language";
export const SHORTCUTS_COOKIE = "knockoff-shortcuts";

/** What was chosen, else what the browser wishes first. */
export function languageOf(c: Context): Language {
  const wishes = (c.req.header("accept-language") ?? "").slice(0, 200).split(",");
  return pickLanguage(getCookie(c, LANGUAGE_COOKIE), ...wishes.map((wish) => wish.trim()));
}

export function textOf(language: Language): ConsoleText {
  return language === "zh" ? consoleZh : consoleEn;
}

export function viewOf(c: Context, person: Person, { sources, clock }: SitePorts): View {
  const language = languageOf(c);
  const { pathname, search } = new URL(c.req.url);
  return {
    person,
    language,
    m: messagesFor(language),
    t: textOf(language),
    now: clock(),
    storeName: (id) => sources.find(({ about }) => about.id === id)?.about.name[language] ?? id,
    here: c.req.method === "GET" ? `${pathname}${search}` : pathname,
    shortcuts: getCookie(c, SHORTCUTS_COOKIE) !== "off",
  };
}
