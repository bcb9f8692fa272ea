import Box from "@cloudscape-design/components/box";
import Spinner from "@cloudscape-design/components/spinner";

/** While the links are being read. */
export function ReadingChains() {
  return (
    <Box textAlign="center" padding="xxl" color="text-body-secondary">
      <Spinner /> Reading the chains from AWS…
    </Box>
  );
}
