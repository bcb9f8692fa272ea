import { AgoText } from "../../../kit/TimeText";
import { STEPS } from "../model/steps";

/** Where a set-up was left, and when. */
export function DraftMark({ step, at }: { step: number; at: string }) {
  return (
    <>
      {`Step ${step + 1} of ${STEPS.length}, `}
      <AgoText at={at} />
    </>
  );
}
