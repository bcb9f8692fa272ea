import { useEffect, useRef, useState, type RefObject } from "react";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Spinner from "@cloudscape-design/components/spinner";
import type { CheckView } from "../../../ipc/bindings/CheckView";
import { useMedia } from "../../../kit/useMedia";
import { useRoving } from "../../../kit/useRoving";
import { tally } from "../model/outcomes";
import { groupsOf } from "../model/places";
import type { Examination } from "../model/useExamination";
import { CheckRow } from "./CheckRow";

const NARROW = "(max-width: 1099px)";

/** The questions in the order in which an event travels, each with its answer; in a narrow window only those that need a look. */
export function CheckList({ examination: { diagnosis, asked, selected, choose } }: { examination: Examination }) {
  const narrow = useMedia(NARROW);
  const [whole, setWhole] = useState(false);
  const shown = narrow && !whole ? asked.filter(({ check }) => check?.outcome !== "healthy" || check.id === selected?.id) : asked;
  const judged = asked.flatMap(({ check }) => check ?? []);
  const roving = useRoving(shown.length, 1);
  const list = useRef<HTMLDivElement>(null);
  useInSight(list, selected);
  return (
    <Container fitHeight header={<Header variant="h2" counter={`(${asked.length})`} description={judged.length < asked.length ? `${judged.length} of ${asked.length} judged` : tally(judged)}>Checks</Header>}>
      {diagnosis.isPending && asked.length === 0 && <div role="status"><Spinner /> Asking along the chain…</div>}
      <div ref={list} className="checks" role="listbox" aria-label="Checks" onKeyDown={roving.onKeyDown}>
        {groupsOf(shown).map((group) => (
          <div key={`${group.name} ${group.asked[0]?.id}`} role="group" aria-label={group.name}>
            <div className="checks-group" aria-hidden>{group.name}</div>
            {group.asked.map((one) => <CheckRow key={one.id} asked={one} selected={one.id === selected?.id} onSelect={() => choose(one.id)} roving={roving.cell(shown.indexOf(one))} />)}
          </div>
        ))}
      </div>
      {narrow && asked.length > 0 && (
        <button type="button" className="checks-fold" onClick={() => setWhole(!whole)}>{whole ? "Show only what needs a look" : `Show all ${asked.length} checks`}</button>
      )}
    </Container>
  );
}

/** Keeps the chosen check in sight without moving the page. */
function useInSight(list: RefObject<HTMLDivElement | null>, selected: CheckView | undefined): void {
  const id = selected?.id;
  useEffect(() => {
    const [box, row] = [list.current, list.current?.querySelector<HTMLElement>("[aria-selected=true]")];
    if (!box || !row || box.scrollHeight <= box.clientHeight) return;
    const top = row.offsetTop - box.offsetTop;
    if (top < box.scrollTop || top + row.offsetHeight > box.scrollTop + box.clientHeight) box.scrollTop = top - box.clientHeight / 3;
  }, [id, list]);
}
