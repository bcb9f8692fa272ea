import type { ReactNode } from "react";
import Box from "@cloudscape-design/components/box";
import Spinner from "@cloudscape-design/components/spinner";
import type { UseMutationResult } from "@tanstack/react-query";
import type { Crumb } from "../../../app/frame/FrameContext";
import { Page } from "../../../app/frame/Page";
import type { ActionForm } from "../../../ipc/bindings/ActionForm";
import type { AlertActionView } from "../../../ipc/bindings/AlertActionView";
import type { FormDefaults } from "../../../ipc/bindings/FormDefaults";
import { ErrorState } from "../../../kit/ErrorState";
import { ActionEditor } from "./ActionEditor";

export interface ActionFormPageProps {
  title: string;
  crumbs: Crumb[];
  defaults: FormDefaults | undefined;
  /** What the form starts with, once it is known. */
  form: ActionForm | undefined;
  /** Why it cannot be shown, if so. */
  failure: Error | null;
  /** What is known of an alert action that exists. */
  facts?: ReactNode;
  /** The alert action that is edited; none for a new one. */
  editedId?: string;
  save: UseMutationResult<AlertActionView, Error, ActionForm>;
  submit: string;
  failed: string;
  /** Told after saving; `leave` goes elsewhere without asking about unsaved input. */
  onDone: (action: AlertActionView, leave: (href: string) => void) => void;
  cancelTo: string;
}

/** The page around the form of an alert action, until and after its values are known. */
export function ActionFormPage(props: ActionFormPageProps) {
  const { title, crumbs, defaults, form, failure } = props;
  const content = () => {
    if (failure) return <ErrorState page={title} title="The alert action could not be read" error={failure} />;
    if (!defaults || !form) return <Box textAlign="center" padding="xxl"><Spinner /> Reading the alert action…</Box>;
    return <ActionEditor {...props} defaults={defaults} form={form} />;
  };
  return <Page crumbs={crumbs} contentType="form">{content()}</Page>;
}
