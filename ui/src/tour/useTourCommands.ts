import { useQueryClient } from "@tanstack/react-query";
import { useOwnCommands } from "../app/commands/CommandsContext";
import { overviewQuery } from "../chains/chainQuery";
import { useHasFaultLab } from "../faults/faults";
import { useNotify } from "../notify/NotifyContext";
import { navigate } from "../router/location";
import { paths } from "../router/paths";
import { useTour } from "./TourContext";

/** The tour in the palette: begun, resumed and left from anywhere. */
export function useTourCommands(): void {
  const here = useHasFaultLab();
  const { tour, start, resume, leave } = useTour();
  const queries = useQueryClient();
  const notify = useNotify();
  const begin = async () => {
    try {
      const chains = await queries.fetchQuery({ ...overviewQuery, staleTime: Infinity });
      const chain = chains.find((one) => one.action.chain === "complete") ?? chains[0];
      navigate(paths.overview());
      if (chain) start(chain.action.id);
      else notify.show({ type: "info", header: "The tour begins with a chain", content: "Run the nine-event proof first; the tour is offered once it is green.", id: "tour" });
    } catch (error) {
      notify.fail("The tour could not begin", error as Error, "tour");
    }
  };
  const commands = [
    ...(tour?.state === "on"
      ? [{ id: "tour-leave", group: "Do" as const, title: "Leave the tour", words: "help stop", run: leave }]
      : [{ id: "tour", group: "Do" as const, title: "Take the three-minute tour", words: "help tutorial guide demo learn", run: () => void begin() }]),
    ...(tour?.state === "left" ? [{ id: "tour-resume", group: "Do" as const, title: "Resume the tour", words: "help continue", run: resume }] : []),
  ];
  useOwnCommands(`tour-${here}-${tour?.state ?? "new"}`, here ? commands : []);
}
