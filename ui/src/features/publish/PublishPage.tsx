import Header from "@cloudscape-design/components/header";
import { Page } from "../../app/frame/Page";

/** The composer. */
export default function PublishPage() {
  return (
    <Page crumbs={[{ text: "Publish", href: "#/publish" }]}>
      <Header variant="h1">Publish</Header>
    </Page>
  );
}
