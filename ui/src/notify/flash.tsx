import Button from "@cloudscape-design/components/button";
import type { FlashbarProps } from "@cloudscape-design/components/flashbar";
import { IpcError } from "../ipc/error";
import { errorWords } from "../ipc/errorWords";
import { ErrorDetail } from "../kit/ErrorDetail";
import type { Notice } from "./NotifyContext";

/** A notice as the flash bar shows it. */
export function noticeFlash(notice: Notice): FlashbarProps.MessageDefinition {
  return {
    type: notice.type,
    loading: notice.type === "in-progress",
    header: notice.header,
    content: notice.content,
    action: notice.action && <Button onClick={notice.action.onClick}>{notice.action.text}</Button>,
  };
}

/** A failure as the flash bar shows it. */
export function failureFlash(header: string, error: Error): FlashbarProps.MessageDefinition {
  const severity = error instanceof IpcError ? errorWords[error.code].severity : "error";
  return { type: severity, header, content: <ErrorDetail error={error} /> };
}
