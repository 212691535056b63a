import type { Saying } from "../saying.ts";

/** Read out by screen readers as soon as the page is there. */
export function Said({ said }: { said: readonly Saying[] }) {
  if (said.length === 0) return null;
  const refused = said.some(({ tone }) => tone === "refused");
  return (
    <div class="said" role={refused ? "alert" : "status"}>
      {said.map(({ tone, text, link }) => (
        <p class={tone}>
          <span aria-hidden="true">{tone === "done" ? "✓" : "✕"}</span> {text}{" "}
          {link === undefined ? null : <a href={link.href}>{link.text}</a>}
        </p>
      ))}
    </div>
  );
}
