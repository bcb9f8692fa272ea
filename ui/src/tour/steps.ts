import { paths } from "../router/paths";

/** What the tour breaks, and which check finds it. */
export const TOUR_FAULT = "queue-policy";

/** Deadline of a proof during the tour, in milliseconds: missing events are missing soon. */
export const TOUR_DEADLINE_MS = 3000;

export interface TourStep {
  title: string;
  text: string;
  /** Where it is done. */
  href: (actionId: string) => string;
  /** What is to be pressed there. */
  hotspot: (actionId: string) => string;
}

/** The way round: green, broken, named, repaired, green. */
export const STEPS: readonly TourStep[] = [
  {
    title: "Prove the chain",
    text: "Press Prove it: nine events are published, and each turns green once it has been read back from the queue.",
    href: paths.overview,
    hotspot: (id) => `prove-${id}`,
  },
  {
    title: "Break the queue policy",
    text: "In the fault lab, switch on the fault that removes the statement from the queue's policy. It happens on AWS when somebody replaces a policy.",
    href: paths.connections,
    hotspot: () => `fault-${TOUR_FAULT}`,
  },
  {
    title: "Watch nine go missing",
    text: "Prove again. EventBridge accepts all nine events without a word, and none arrives. The deadline is three seconds on this tour.",
    href: paths.overview,
    hotspot: (id) => `prove-${id}`,
  },
  {
    title: "Ask the doctor",
    text: "A click on a red cell, or Ask the doctor, asks why. Every link is read from AWS, and the first cause opens by itself.",
    href: paths.overview,
    hotspot: (id) => `ask-${id}`,
  },
  {
    title: "Apply the repair",
    text: "The change is shown line by line before it is made. Press Apply repair and prove again.",
    href: (id) => paths.doctor(id),
    hotspot: () => "apply-repair",
  },
  {
    title: "Green again",
    text: "The same nine events are published and read back.",
    href: (id) => paths.doctor(id),
    hotspot: () => "repair-outcome",
  },
];
