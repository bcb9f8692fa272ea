import type { DeleteReport } from "../../../ipc/bindings/DeleteReport";

/** What goes with one alert action, and what stays. */
export function GoesAndStays({ report, titled }: { report: DeleteReport; titled: boolean }) {
  return (
    <div className={titled ? "goes goes-one-of" : "goes"}>
      <Sentences title="What goes" sentences={report.removed} />
      <Sentences title="What stays" sentences={report.kept} />
    </div>
  );
}

function Sentences({ title, sentences }: { title: string; sentences: readonly string[] }) {
  if (sentences.length === 0) return null;
  return (
    <section aria-label={title}>
      <b>{title}</b>
      <ul>{sentences.map((sentence) => <li key={sentence} className="wb-wrap">{sentence}</li>)}</ul>
    </section>
  );
}
