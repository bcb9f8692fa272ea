import HelpPanel from "@cloudscape-design/components/help-panel";
import { HELP } from "../model/help";
import { STEPS } from "../model/steps";

/** What the step is about, and where it stands on the iLert page. */
export function StepHelp({ step }: { step: number }) {
  const help = HELP[step];
  if (!help) return null;
  return (
    <HelpPanel header={<h2>{STEPS[step]?.title}</h2>} footer={<div><h3>On the iLert page</h3><p className="wb-small">{help.page}</p></div>}>
      {help.text}
    </HelpPanel>
  );
}
