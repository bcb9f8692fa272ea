import type { FieldOutcomeView } from "../ipc/bindings/FieldOutcomeView";
import { Glyph } from "./Glyph";
import "./conditions.css";

/** Each condition of the pattern beside what the event has. */
export function FieldOutcomes({ fields }: { fields: readonly FieldOutcomeView[] }) {
  if (fields.length === 0) return null;
  return (
    <ul className="conditions" aria-label="Conditions of the pattern">
      {fields.map((field) => (
        <li key={field.path}>
          <div className="condition-head">
            <b className="wb-mono wb-wrap">{field.path}</b>
            <span className={`condition-result t-${field.matched ? "ok" : "bad"}`}>
              <Glyph verdict={field.matched ? "delivered" : "missing"} size={12} />
              {field.matched ? "Matches" : "Differs"}
            </span>
          </div>
          <div className="wb-wrap"><span className="wb-secondary">Pattern wants </span><span className="wb-mono">{field.wanted.join(", ")}</span></div>
          <div className="wb-wrap"><span className="wb-secondary">Event has </span><span className="wb-mono">{field.found.length > 0 ? field.found.join(", ") : "no such field"}</span></div>
        </li>
      ))}
    </ul>
  );
}
