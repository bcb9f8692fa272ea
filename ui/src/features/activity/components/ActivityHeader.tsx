import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import Header from "@cloudscape-design/components/header";
import type { ActivityFilter } from "../../../ipc/bindings/ActivityFilter";
import type { ExportFormat } from "../../../ipc/bindings/ExportFormat";
import { formatCount } from "../../../kit/format";
import { useExport } from "../api/useExport";

const FORMATS = [
  { id: "json", text: "As JSON" },
  { id: "csv", text: "As CSV" },
];

interface ActivityHeaderProps {
  filter: ActivityFilter;
  count: number;
  isWhole: boolean;
  /** Before that, the number is not known. */
  isRead: boolean;
}

/** Title, number of calls, and the export of what the filter lets through. */
export function ActivityHeader({ filter, count, isWhole, isRead }: ActivityHeaderProps) {
  const exporting = useExport(filter);
  return (
    <Header
      variant="h1"
      counter={isRead ? `(${formatCount(count)}${isWhole ? "" : "+"})` : undefined}
      description="Every call to AWS that wrote something, or tried to. Inputs are kept without secrets."
      actions={
        <ButtonDropdown items={FORMATS} disabled={count === 0} loading={exporting.isPending} onItemClick={({ detail }) => exporting.mutate(detail.id as ExportFormat)}>
          Export
        </ButtonDropdown>
      }
    >
      Activity
    </Header>
  );
}
