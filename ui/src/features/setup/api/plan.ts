import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { OrganizationView } from "../../../ipc/bindings/OrganizationView";
import type { PatternCheck } from "../../../ipc/bindings/PatternCheck";
import type { PatternForm } from "../../../ipc/bindings/PatternForm";
import type { PlanView } from "../../../ipc/bindings/PlanView";
import type { SetupForm } from "../../../ipc/bindings/SetupForm";
import { call } from "../../../ipc/call";

export const readPlan = (actionId: string, form: SetupForm) => call<PlanView>("setup_plan", { actionId, form });

/** What the set-up will do; it reads AWS and writes nothing. Never kept: AWS may have changed. */
export const planQuery = (actionId: string, form: SetupForm) =>
  queryOptions({
    queryKey: ["setup_plan", actionId, form],
    queryFn: () => readPlan(actionId, form),
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
  });

export const checkPattern = (actionId: string | null, pattern: PatternForm) =>
  call<PatternCheck>("pattern_check", { actionId, pattern });

/** A pattern checked and tried on the nine samples. */
export const patternQuery = (actionId: string | null, pattern: PatternForm) =>
  queryOptions({
    queryKey: ["pattern_check", actionId, pattern],
    queryFn: () => checkPattern(actionId, pattern),
    placeholderData: keepPreviousData,
  });

/** Names of the queues in the action's account and region. */
export const queuesQuery = (actionId: string) =>
  queryOptions({ queryKey: ["queues", actionId], queryFn: () => call<string[]>("list_queues", { actionId }), staleTime: 0 });

/** My organization, and what AWS does with permissions on a partner bus. */
export const organizationQuery = () =>
  queryOptions({ queryKey: ["organization"], queryFn: () => call<OrganizationView>("organization") });
