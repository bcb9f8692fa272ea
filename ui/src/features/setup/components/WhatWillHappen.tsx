import { useQuery } from "@tanstack/react-query";
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Spinner from "@cloudscape-design/components/spinner";
import { useDebounced } from "../../../forms/useDebounced";
import type { SetupForm } from "../../../ipc/bindings/SetupForm";
import { ErrorState } from "../../../kit/ErrorState";
import { planQuery } from "../api/plan";
import { PlannedCalls } from "./PlannedCalls";

const PAUSE_MS = 350;

interface WhatWillHappenProps {
  actionId: string;
  form: SetupForm;
  /** Which calls belong to this step. */
  group: string;
}

/** The AWS calls of one step: reads show what they found, writes say Planned. */
export function WhatWillHappen({ actionId, form, group }: WhatWillHappenProps) {
  const plan = useQuery(planQuery(actionId, useDebounced(form, PAUSE_MS)));
  const steps = plan.data?.steps.filter((step) => step.group === group) ?? [];
  const refused = (plan.data?.problems.length ?? 0) > 0;
  const readAgain = <Button iconName="refresh" ariaLabel="Read AWS again" loading={plan.isFetching} onClick={() => void plan.refetch()} />;
  return (
    <Container data-testid="what-will-happen" header={<Header variant="h2" description="Nothing is changed until Review & prove." actions={readAgain}>What will happen</Header>}>
      {plan.isPending && <div><Spinner /> Reading AWS…</div>}
      {plan.isError && <ErrorState title="AWS could not be read" error={plan.error} onRetry={() => void plan.refetch()} />}
      {!plan.isError && refused && <Alert type="info">The calls are shown once every field of the wizard is accepted.</Alert>}
      {!plan.isError && plan.data && !refused && steps.length === 0 && <div className="wb-secondary">No call is needed.</div>}
      {!plan.isError && steps.length > 0 && <PlannedCalls steps={steps} planned />}
    </Container>
  );
}
