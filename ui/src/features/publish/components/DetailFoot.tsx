import type { DetailCheck } from "../../../ipc/bindings/DetailCheck";
import { formatBytes } from "../../../kit/format";
import { Glyph } from "../../../kit/Glyph";

/** What the check says: valid or why not, the size, and whether the event must arrive. */
export function DetailFoot({ check, failure }: { check: DetailCheck | undefined; failure: Error | null }) {
  if (failure) return <div className="t-bad wb-small" role="status">{failure.message}</div>;
  if (!check) return <div className="wb-small wb-secondary">Checking…</div>;
  const { problem, differences, bytes, limit, expected, expectation } = check;
  return (
    <div className="publish-foot" role="status" data-testid="detail-check">
      <span className={`publish-sign t-${problem ? "bad" : "ok"}`}>
        <Glyph verdict={problem ? "missing" : "delivered"} />
        {problem ? problem.message : "Valid detail object"}
      </span>
      {!problem && differences.length > 0 && <span className="publish-sign t-warn" title={differences.map((one) => one.message).join("\n")}>{differences.length === 1 ? differences[0]?.message : `${differences.length} fields are not as in iLert's events`}</span>}
      <span className="wb-secondary wb-num">{`${formatBytes(bytes)} of ${formatBytes(limit)}`}</span>
      <span className="wb-grow" />
      {expectation && (
        <span className={`publish-sign t-${expected ? "ok" : "held"}`}>
          <Glyph verdict={expected ? "delivered" : "held_back"} />
          {expectation}
        </span>
      )}
    </div>
  );
}
