import type { Child } from "hono/jsx";
import type { BrandProfile } from "../../../domain/brand/profile.ts";
import type { Finding } from "../../../domain/finding/finding.ts";
import type { Entered } from "../bulk.ts";
import type { View } from "../view.ts";
import { DecisionFields } from "./decision.tsx";
import { QueueTable } from "./queue-table.tsx";

interface BulkFormProps {
  view: View;
  action: string;
  findings: readonly Finding[];
  brands: readonly BrandProfile[];
  /** The queue the findings were opened from, as it stands in an address. */
  query?: string;
  mayTriage: boolean;
  hint: string;
  /** What was entered before, where it was not taken. */
  entered?: Entered;
  /** What stands between the rows and the decision. */
  children?: Child;
}

/** Findings to tick, and one decision for those that are. */
export function BulkForm({ view, action, findings, brands, query, mayTriage, hint, entered, children }: BulkFormProps) {
  const { t } = view;
  return (
    <form method="post" action={action} class="bulk">
      <QueueTable
        view={view}
        findings={findings}
        brands={brands}
        query={query}
        selectable={mayTriage}
        ticked={entered?.ticked}
      />
      {children}
      {mayTriage ? (
        <fieldset class="panel bulk-form">
          <legend>{t.queue.bulk}</legend>
          <p class="quiet">{hint}</p>
          <DecisionFields
            view={view}
            mayAuthorise={false}
            prefix="bulk"
            reason={entered?.reason}
            chosen={entered?.disposition}
          />
          <p>
            <button type="submit" class="primary">
              {t.queue.decideSelected}
            </button>
          </p>
        </fieldset>
      ) : null}
    </form>
  );
}
