/** What a caller hears. */
export const TEXT_NAMES = [
  /** The voicemail module, before the tone. Text, SSML or a prompt; the others are text. */
  'greeting',
  /** While streaming is tried again. */
  'oneMoment',
  'thanks',
  /** Streaming cannot be started: the caller goes back to where the module was called from. */
  'cannotRecord',
  /** In the queue. */
  'waiting',
  /** Ends in which key to press for voicemail. */
  'offer',
  'stayOnTheLine',
  /** The customer whisper: an agent has taken the call. */
  'connecting',
  'closed',
  'allBusy',
  'nobodyStaffed',
  'callAgain',
] as const;

export type TextName = (typeof TEXT_NAMES)[number];

/** A greeting that is more than text: SSML, or a prompt of the instance. */
type Greeting = string | { readonly ssml: string } | { readonly promptArn: string };

export type Texts = Readonly<Record<Exclude<TextName, 'greeting'>, string>> & { readonly greeting: Greeting };

/** A voice of Amazon Polly. */
export interface SpeakingVoice {
  readonly name: string;
  readonly engine: 'Standard' | 'Neural' | 'Generative';
}

interface Spoken {
  readonly voice: SpeakingVoice;
  readonly texts: Texts;
}

const EN_US: Spoken = {
  voice: { name: 'Joanna', engine: 'Neural' },
  texts: {
    greeting:
      'Please leave a message with your name and number after the tone. When you have finished, hang up, or press any key. We will call you back.',
    oneMoment: 'One moment, please.',
    thanks: 'Thank you. Your message has been recorded. Goodbye.',
    cannotRecord: 'We are sorry. We cannot record a message right now.',
    waiting: 'Thank you for waiting. The next free agent will take your call.',
    offer:
      'To leave a message with your number and be called back, press 1. To keep waiting, stay on the line.',
    stayOnTheLine: 'Please stay on the line.',
    connecting: 'An agent is free now. You are being connected.',
    closed: 'Thank you for calling. We are closed right now.',
    allBusy: 'Thank you for calling. All of our agents are busy.',
    nobodyStaffed: 'Thank you for calling. No agent is working right now.',
    callAgain: 'Please call again later. Goodbye.',
  },
};

const ES_US: Spoken = {
  voice: { name: 'Lupe', engine: 'Neural' },
  texts: {
    greeting:
      'Por favor, deje un mensaje con su nombre y su número después del tono. Cuando termine, cuelgue o presione cualquier tecla. Le devolveremos la llamada.',
    oneMoment: 'Un momento, por favor.',
    thanks: 'Gracias. Su mensaje ha sido grabado. Adiós.',
    cannotRecord: 'Lo sentimos. En este momento no podemos grabar un mensaje.',
    waiting: 'Gracias por esperar. El próximo agente disponible atenderá su llamada.',
    offer:
      'Para dejar un mensaje con su número y que le devolvamos la llamada, presione 1. Para seguir esperando, permanezca en la línea.',
    stayOnTheLine: 'Por favor, permanezca en la línea.',
    connecting: 'Un agente está disponible. Le estamos comunicando.',
    closed: 'Gracias por llamar. En este momento estamos cerrados.',
    allBusy: 'Gracias por llamar. Todos nuestros agentes están ocupados.',
    nobodyStaffed: 'Gracias por llamar. En este momento no hay agentes trabajando.',
    callAgain: 'Por favor, llame más tarde. Adiós.',
  },
};

/** Voice and texts of the languages that need no settings. */
export const DEFAULT_LANGUAGES: Readonly<Record<string, Spoken>> = { 'en-US': EN_US, 'es-US': ES_US };
