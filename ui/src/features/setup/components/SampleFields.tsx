import type { FieldOutcomeView } from "../../../ipc/bindings/FieldOutcomeView";
import { Glyph } from "../../../kit/Glyph";

/** Each condition of the pattern beside what the event has. */
export function SampleFields({ fields }: { fields: readonly FieldOutcomeView[] }) {
  if (fields.length === 0) return null;
  return (
    <table className="fields" aria-label="Conditions of the pattern">
      <thead>
        <tr><th scope="col">Field</th><th scope="col">Pattern wants</th><th scope="col">Event has</th><th scope="col">Result</th></tr>
      </thead>
      <tbody>
        {fields.map((field) => (
          <tr key={field.path}>
            <td className="wb-mono">{field.path}</td>
            <td className="wb-mono">{field.wanted.join(", ")}</td>
            <td className="wb-mono">{field.found.length > 0 ? field.found.join(", ") : "absent"}</td>
            <td className={`t-${field.matched ? "ok" : "bad"}`}>
              <span className="sample-result"><Glyph verdict={field.matched ? "delivered" : "missing"} size={12} />{field.matched ? "Matches" : "Differs"}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
