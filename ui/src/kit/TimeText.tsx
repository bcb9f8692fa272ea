import { formatAgo, formatDateTime, formatTime } from "./format";
import { useNow } from "./useNow";

interface TimeTextProps {
  /** RFC 3339, as it crosses the IPC boundary. */
  at: string;
  show?: "time" | "clock" | "date-time";
}

const FORMATS = { time: formatTime, clock: (at: Date) => formatTime(at).slice(0, 8), "date-time": formatDateTime } as const;

/** An instant in local time; UTC on hover, and RFC 3339 when copied from the title. */
export function TimeText({ at, show = "time" }: TimeTextProps) {
  const date = new Date(at);
  return (
    <time className="wb-num" dateTime={at} title={`${date.toISOString()} (UTC)`}>
      {FORMATS[show](date)}
    </time>
  );
}

/** How long ago an instant was; keeps itself up to date. */
export function AgoText({ at }: { at: string }) {
  const date = new Date(at);
  const now = useNow(1000);
  return (
    <time className="wb-num" dateTime={at} title={`${formatDateTime(date)}, ${date.toISOString()} (UTC)`}>
      {formatAgo(now - date.getTime())}
    </time>
  );
}
