import { useState } from "react";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { PatternCheck } from "../../../ipc/bindings/PatternCheck";
import type { PatternSample } from "../../../ipc/bindings/PatternSample";
import { Code } from "../../../kit/Code";
import { EVENT_TYPES } from "../../../kit/eventTypes";
import { FieldOutcomes } from "../../../kit/FieldOutcomes";
import { Glyph } from "../../../kit/Glyph";

/** The pattern tried on one of the nine samples, field by field, and in short on all of them. */
export function PatternTrial({ check }: { check: PatternCheck | undefined }) {
  const [type, setType] = useState<string>("incident-created");
  const sample = check?.samples.find((one) => one.event_type === type);
  return (
    <SpaceBetween size="xs">
      <FormField label="Test against" stretch>
        <Select
          selectedOption={{ value: type, label: type }}
          options={EVENT_TYPES.map((value) => ({ value, label: value, labelTag: tag(check, value) }))}
          onChange={({ detail }) => setType(detail.selectedOption.value ?? type)}
        />
      </FormField>
      <div role="status" data-testid="pattern-result">
        {sample ? <Result sample={sample} check={check} /> : <span className="wb-secondary">The samples are tried once the pattern is valid.</span>}
      </div>
      {sample && <FieldOutcomes fields={sample.fields} />}
      {sample && (
        <ExpandableSection variant="inline" headerText="Sample event">
          <Code label={`Sample ${type}`} maxHeight={240}>{sample.envelope}</Code>
        </ExpandableSection>
      )}
    </SpaceBetween>
  );
}

function Result({ sample, check }: { sample: PatternSample; check: PatternCheck | undefined }) {
  const samples = check?.samples ?? [];
  const matching = samples.filter((one) => one.matches).length;
  return (
    <>
      <span className={`sample-result t-${sample.matches ? "ok" : "warn"}`}>
        <Glyph verdict={sample.matches ? "delivered" : "held_back"} />
        {`${sample.event_type} ${sample.matches ? "matches" : "does not match"}`}
      </span>
      <div className="wb-small wb-secondary">{`All nine samples: ${matching} of ${samples.length} match`}</div>
    </>
  );
}

function tag(check: PatternCheck | undefined, type: string): string | undefined {
  const sample = check?.samples.find((one) => one.event_type === type);
  return sample && (sample.matches ? "matches" : "does not match");
}
