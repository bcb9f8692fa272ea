import { Suspense } from "react";
import Box from "@cloudscape-design/components/box";
import Spinner from "@cloudscape-design/components/spinner";
import { EmptyState } from "../kit/EmptyState";
import { Link } from "../kit/Link";
import { useLocation } from "../router/location";
import { paths } from "../router/paths";
import { ErrorBoundary } from "./ErrorBoundary";
import { ROUTES } from "./routes";

/** The page that belongs to the address. */
export function CurrentView() {
  const { view } = useLocation();
  const View = ROUTES[view];
  if (!View) {
    return <EmptyState title="There is no such view" action={<Link href={paths.overview()}>Overview</Link>} />;
  }
  return (
    <ErrorBoundary resetKey={view}>
      <Suspense fallback={<Box textAlign="center" padding="xxl"><Spinner size="large" /></Box>}>
        <View key={view} />
      </Suspense>
    </ErrorBoundary>
  );
}
