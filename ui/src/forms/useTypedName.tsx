import { useState, type ReactNode } from "react";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useEnvironment } from "../ipc/queries/useEnvironment";

/** A word that must be typed before something is removed for good; in the sandbox, where nothing is lost, it is not asked for. */
export function useTypedName(word: string): { field: ReactNode; confirmed: boolean } {
  const environment = useEnvironment().data;
  const [typed, setTyped] = useState("");
  if (environment?.kind === "sandbox") return { field: null, confirmed: true };
  const field = (
    <FormField label={`To confirm, type ${word}`} constraintText={environment && `This removes resources in account ${environment.account || "not known"}, ${environment.region}.`}>
      <Input value={typed} placeholder={word} onChange={({ detail }) => setTyped(detail.value)} autoComplete={false} spellcheck={false} />
    </FormField>
  );
  return { field, confirmed: typed === word };
}
