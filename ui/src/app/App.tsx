import { QueryClientProvider, type QueryClient } from "@tanstack/react-query";
import { LiveProvider } from "../ipc/LiveProvider";
import { NotifyProvider } from "../notify/NotifyProvider";
import { CurrentView } from "./CurrentView";
import { Frame } from "./frame/Frame";

/** The whole window. */
export function App({ queries }: { queries: QueryClient }) {
  return (
    <QueryClientProvider client={queries}>
      <NotifyProvider>
        <LiveProvider>
          <Frame>
            <CurrentView />
          </Frame>
        </LiveProvider>
      </NotifyProvider>
    </QueryClientProvider>
  );
}
