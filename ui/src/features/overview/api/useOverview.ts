import { useQuery } from "@tanstack/react-query";
import { overviewQuery } from "../../../chains/chainQuery";

/** Every chain, its links read from AWS. */
export const useOverview = () => useQuery(overviewQuery);
