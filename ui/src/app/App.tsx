import { QueryClientProvider, type QueryClient } from "@tanstack/react-query";
import { LiveProvider } from "../ipc/LiveProvider";
import { NotifyProvider } from "../notify/NotifyProvider";
import { TourProvider } from "../tour/TourProvider";
import { CurrentView } from "./CurrentView";
import { CommandsProvider } from "./commands/CommandsProvider";
import { Frame } from "./frame/Frame";
import { Questions } from "./questions/Questions";
import { SettingsProvider } from "./settings/SettingsProvider";

/** The whole window. */
export function App({ queries }: { queries: QueryClient }) {
  return (
    <QueryClientProvider client={queries}>
      <NotifyProvider>
        <SettingsProvider>
          <LiveProvider>
            <CommandsProvider>
              <TourProvider>
                <Frame>
                  <CurrentView />
                </Frame>
              </TourProvider>
              <Questions />
            </CommandsProvider>
          </LiveProvider>
        </SettingsProvider>
      </NotifyProvider>
    </QueryClientProvider>
  );
}
