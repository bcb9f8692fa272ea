import { memo, useRef, useState } from "react";
import Button from "@cloudscape-design/components/button";
import Popover, { type PopoverProps } from "@cloudscape-design/components/popover";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { MomentInput } from "./MomentInput";

interface JumpToProps {
  /** Where the list begins, RFC 3339; none for the newest. */
  until: string | null;
  onJump: (until: string | null) => void;
}

function Jump({ until, onJump }: JumpToProps) {
  const [wanted, setWanted] = useState<string | null>(null);
  const popover = useRef<PopoverProps.Ref>(null);
  if (until !== null) return <Button variant="inline-link" iconName="angle-up" onClick={() => onJump(null)}>Back to the newest</Button>;
  const go = () => {
    if (wanted === null) return;
    popover.current?.dismiss();
    onJump(wanted);
  };
  return (
    <Popover
      ref={popover}
      triggerType="custom"
      dismissAriaLabel="Close"
      header="Jump to a time"
      content={
        <form onSubmit={(event) => { event.preventDefault(); go(); }}>
          <SpaceBetween size="xs">
            <MomentInput value={wanted} onChange={setWanted} label="Begin at" />
            <Button disabled={wanted === null} formAction="submit">Jump</Button>
          </SpaceBetween>
        </form>
      }
    >
      <Button variant="inline-link" iconName="calendar">Jump to…</Button>
    </Popover>
  );
}

/** Lets the list begin at any moment, and leads back to the newest. Not drawn again for every batch of a stream. */
export const JumpTo = memo(Jump);
