/** Milliseconds as a reader wants them: 14 ms, 5.41 s, 2 min 5 s. */
export function formatDuration(ms: number | null | undefined): string {
  if (ms === null || ms === undefined) return "–";
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${trim(ms / 1000)} s`;
  const minutes = Math.floor(ms / 60_000);
  return `${minutes} min ${Math.round((ms % 60_000) / 1000)} s`;
}

const trim = (value: number) => value.toFixed(value < 10 ? 2 : 1).replace(/\.?0+$/, "");

/** How long ago, in the largest unit that fits. */
export function formatAgo(ms: number): string {
  if (ms < 10_000) return `${(Math.max(0, ms) / 1000).toFixed(1)} s ago`;
  if (ms < 60_000) return `${Math.round(ms / 1000)} s ago`;
  if (ms < 3_600_000) return `${Math.round(ms / 60_000)} min ago`;
  if (ms < 86_400_000) return `${Math.round(ms / 3_600_000)} h ago`;
  return `${Math.round(ms / 86_400_000)} d ago`;
}

/** What is left until an instant: 6 d 4 h, 12 min, 40 s. */
export function formatLeft(ms: number): string {
  if (ms <= 0) return "0 s";
  const [days, hours, minutes] = [Math.floor(ms / 86_400_000), Math.floor(ms / 3_600_000) % 24, Math.floor(ms / 60_000) % 60];
  if (days > 0) return `${days} d ${hours} h`;
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min` : `${Math.round(ms / 1000)} s`;
}

const two = (value: number) => String(Math.floor(value)).padStart(2, "0");

/** What is left, to the second: 6 d 04:12:55. */
export function formatCountdown(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const clock = [two((seconds / 3600) % 24), two((seconds / 60) % 60), two(seconds % 60)].join(":");
  return seconds >= 86_400 ? `${Math.floor(seconds / 86_400)} d ${clock}` : clock;
}

const NUMBER = new Intl.NumberFormat("en");

/** A whole number with its thousands set apart. */
export const formatCount = (count: number) => NUMBER.format(count);

/** Bytes of a text as sent: 631 B, 12.4 KB, 1 MB. */
export function formatBytes(bytes: number): string {
  if (bytes >= 1024 * 1024) return `${trim(bytes / (1024 * 1024))} MB`;
  return bytes < 1024 ? `${bytes} B` : `${trim(bytes / 1024)} KB`;
}

const pad = (value: number, width: number) => String(value).padStart(width, "0");

/** Local time of day with milliseconds: 14:32:06.377. */
export function formatTime(at: Date): string {
  return `${pad(at.getHours(), 2)}:${pad(at.getMinutes(), 2)}:${pad(at.getSeconds(), 2)}.${pad(at.getMilliseconds(), 3)}`;
}

/** Local date and time to the second. */
export function formatDateTime(at: Date): string {
  return `${at.getFullYear()}-${pad(at.getMonth() + 1, 2)}-${pad(at.getDate(), 2)} ${formatTime(at).slice(0, 8)}`;
}
