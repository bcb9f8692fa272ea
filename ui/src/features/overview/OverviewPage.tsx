import Header from "@cloudscape-design/components/header";
import { Page } from "../../app/frame/Page";

/** Every chain with its state and its last proof. */
export default function OverviewPage() {
  return (
    <Page crumbs={[{ text: "Overview", href: "#/overview" }]}>
      <Header variant="h1">Overview</Header>
    </Page>
  );
}
