import { useQuery } from "@tanstack/react-query";
import Button from "@cloudscape-design/components/button";
import { Link } from "../../../kit/Link";
import { TimeText } from "../../../kit/TimeText";
import { Verdict } from "../../../kit/Verdict";
import { VERDICTS } from "../../../kit/verdicts";
import { navigate, useLocation } from "../../../router/location";
import { paths } from "../../../router/paths";
import { askedAboutQuery } from "../api/context";

/** The event that led here: its verdict, its own reason, and the way back to it. */
export function AskedAbout() {
  const { query, rest } = useLocation();
  const { data: row } = useQuery(askedAboutQuery({ delivery: query.get("delivery"), run: query.get("run"), event: query.get("event") }));
  if (!row) return null;
  return (
    <div className="asked-about" role="note" aria-label="What is asked about" data-testid="asked-about">
      <b>{row.event_type}</b>
      <Verdict verdict={row.verdict} />
      <span className="asked-reason">{row.reason ?? `${VERDICTS[row.verdict].meaning}.`}</span>
      <span className="wb-secondary wb-nowrap">incident {row.incident_id}{row.published_at && <> · <TimeText at={row.published_at} show="clock" /></>}</span>
      <Link fontSize="body-s" href={paths.deliveries(row.run_id)}>Deliveries of this run</Link>
      <Button variant="inline-icon" iconName="close" ariaLabel="Forget this event" onClick={() => navigate(paths.doctor(rest[0]), { replace: true })} />
    </div>
  );
}
