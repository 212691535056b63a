import { Page } from "../page.tsx";
import { DECISION_KEYS } from "../parts/decision.tsx";
import type { View } from "../view.ts";

/** What single keys do, and the switch for those who do not want them. */
export function KeysPage({ view }: { view: View }) {
  const { t, m, shortcuts } = view;
  const rows: [string, string][] = [
    ["j / k", t.keys.move],
    ["Enter", t.keys.open],
    ["x", t.keys.tick],
    ...Object.entries(DECISION_KEYS).map(([disposition, key]): [string, string] => [
      key,
      m.disposition[disposition as keyof typeof DECISION_KEYS],
    ]),
    ["m", t.handle.take],
    ["n", t.timeline.note],
    ["q", t.nav.queue],
    ["/", t.keys.filter],
    ["?", t.keys.title],
  ];
  return (
    <Page view={view} title={t.keys.title}>
      <table class="keys">
        <thead>
          <tr>
            <th scope="col">{t.keys.key}</th>
            <th scope="col">{t.keys.does}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([key, what]) => (
            <tr>
              <td>
                <kbd>{key}</kbd>
              </td>
              <td>{what}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <form method="post" action="/settings">
        <input type="hidden" name="back" value="/keys" />
        <button type="submit" name="shortcuts" value={shortcuts ? "off" : "on"}>
          {shortcuts ? t.keys.switchOff : t.keys.switchOn}
        </button>
      </form>
    </Page>
  );
}
