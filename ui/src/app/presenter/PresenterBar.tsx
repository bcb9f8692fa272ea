import { useState } from "react";
import { useMutation } from "@tanstack/react-query";
import Button from "@cloudscape-design/components/button";
import { useNotify } from "../../notify/NotifyContext";
import { navigate } from "../../router/location";
import { useOwnCommands } from "../commands/CommandsContext";
import { useSettings } from "../settings/SettingsContext";
import { STORY } from "./story";
import "./presenter.css";

/** At the foot of the window while something is presented: the story, scene by scene. */
export default function PresenterBar() {
  const { change } = useSettings();
  const notify = useNotify();
  const [at, setAt] = useState(-1);
  const act = useMutation({ mutationFn: async (scene: number) => STORY[scene]?.act?.(), onError: (error) => notify.fail("The scene could not be played", error, "story") });
  const go = (to: number) => {
    const scene = STORY[to];
    if (!scene) return;
    setAt(to);
    navigate(scene.href);
    act.mutate(to);
  };
  const next = () => go(at + 1);
  const isLast = at === STORY.length - 1;
  useOwnCommands("story", [{ id: "story-next", group: "Do", title: "Next scene of the story", keys: "Mod+Shift+N", words: "presenter demo", run: next }]);
  return (
    <section className="presenter" aria-label="Story" data-testid="presenter">
      <span className="presenter-count wb-num">{at < 0 ? "Story" : `${at + 1} of ${STORY.length}`}</span>
      <p aria-live="polite">{STORY[at]?.says ?? "Six scenes tell the whole story of a chain and its proof."}</p>
      <Button disabled={isLast} loading={act.isPending} onClick={next} data-testid="story-next">{at < 0 ? "Begin" : "Next"}</Button>
      {at >= 0 && <Button variant="link" onClick={() => setAt(-1)}>From the start</Button>}
      <Button variant="icon" iconName="close" ariaLabel="End presenter mode" onClick={() => change({ presenter: false })} />
    </section>
  );
}
