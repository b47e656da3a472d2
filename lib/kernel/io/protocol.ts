/** The version of Jupyter's messaging protocol that is spoken here. */
export const PROTOCOL = "5.5";
