import type { ExploreTarget } from "@escapement/explore";

declare const target: ExploreTarget;
export default target;
