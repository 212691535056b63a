import { en, type Messages } from "./messages.en.ts";
import { zh } from "./messages.zh.ts";

export type Language = "en" | "zh";

/** The first of the settings that names a language we speak; English otherwise. */
export function pickLanguage(...wishes: (string | undefined)[]): Language {
  for (const wish of wishes) {
    const tag = wish?.slice(0, 2).toLowerCase();
    if (tag === "zh" || tag === "en") return tag;
  }
  return "en";
}

export function messagesFor(language: Language): Messages {
  return language === "zh" ? zh : en;
}
