import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { Page } from "../../app/frame/Page";
import { paths } from "../../router/paths";
import { Appearance } from "./components/Appearance";
import { Notifications } from "./components/Notifications";
import { Presenting } from "./components/Presenting";

const CRUMBS = [{ text: "Settings", href: paths.settings() }];

/** How the window looks and behaves. */
export default function SettingsPage() {
  return (
    <Page crumbs={CRUMBS}>
      <SpaceBetween size="m">
        <Header variant="h1" description="Kept in the data folder; every change takes effect at once.">Settings</Header>
        <Container header={<Header variant="h2">Appearance</Header>}><Appearance /></Container>
        <Container header={<Header variant="h2">Presenting</Header>}><Presenting /></Container>
        <Container header={<Header variant="h2">Notifications</Header>}><Notifications /></Container>
      </SpaceBetween>
    </Page>
  );
}
