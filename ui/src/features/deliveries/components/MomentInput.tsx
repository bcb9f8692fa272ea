import { useState } from "react";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { formatDateTime } from "../../../kit/format";
import { readMoment } from "../model/moment";

interface MomentInputProps {
  /** RFC 3339. */
  value: string | null;
  onChange: (value: string | null) => void;
  label?: string;
}

/** A moment as people type it. */
export function MomentInput({ value, onChange, label = "Time" }: MomentInputProps) {
  const [text, setText] = useState(value ? formatDateTime(new Date(value)) : "");
  const read = readMoment(text, new Date());
  const type = (next: string) => {
    setText(next);
    onChange(readMoment(next, new Date())?.toISOString() ?? null);
  };
  return (
    <FormField label={label} constraintText="14:02:05, 2026-11-23 14:02 or 10 min ago" errorText={text.trim() !== "" && !read ? "This is not a time" : undefined}>
      <Input value={text} onChange={({ detail }) => type(detail.value)} placeholder="14:02" autoFocus />
    </FormField>
  );
}
