import { Scroller } from "./scroller.tsx";

interface BarsProps {
  label: string;
  /** What the rows are. */
  head: string;
  series: readonly string[];
  rows: readonly { name: string; values: readonly number[] }[];
}

const WIDTH = 260;
const HEIGHT = 12;

/** Bars beside their numbers: a table for those who read, a picture for those who look. Nothing is styled inline. */
export function Bars({ label, head, series, rows }: BarsProps) {
  const most = Math.max(1, ...rows.flatMap(({ values }) => values));
  return (
    <Scroller label={label}>
      <table class="bars">
        <thead>
          <tr>
            <th scope="col">{head}</th>
            {series.map((name) => (
              <th scope="col">{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, values }) => (
            <tr>
              <th scope="row">{name}</th>
              {values.map((value, at) => (
                <td>
                  <svg
                    width={WIDTH}
                    height={HEIGHT}
                    viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
                    aria-hidden="true"
                    class={`series${at}`}
                  >
                    <rect x="0" y="0" width={Math.round((WIDTH * value) / most)} height={HEIGHT} rx="2" />
                  </svg>{" "}
                  <span class="value">{value}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroller>
  );
}
